// A key is made in the browser first (allauth's script, on a click); the form is sent when there is one.
const form = document.getElementById("mfa_webauthn_add").form;
form.addEventListener("submit", (event) => event.preventDefault());
