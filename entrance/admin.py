"""Log-in in the administration. The libraries' own pages would show people of every partnership under each host."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group

# Rights come from roles, and a person's only address is in their row.
admin.site.unregister([Group, EmailAddress, Authenticator])
