"""What the register of retention says of models."""

from django.db.models import Model

from partnership import retention


def personal_models() -> set[type[Model]]:
    """Return the models whose rows are about people."""
    return {rule.model for rule in retention.rules if rule.basis != retention.NOBODY}


def without_rule(models: list[type[Model]]) -> list[type[Model]]:
    """Return the models that no rule is about."""
    covered = {rule.model for rule in retention.rules} | set(retention.about_nobody)
    return [model for model in models if model not in covered]
