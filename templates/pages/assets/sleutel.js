// Lets a key on a device sign what this site asks of it, and sends the answer with the form it stands in.
// Without it, or in a browser that cannot do this, a code of the app does the same.
"use strict";
(() => {
  const form = document.querySelector("form[data-vraag]");
  if (!form) return;
  const button = form.querySelector("button[type=submit]");
  const line = form.querySelector("[data-stand]");
  const making = form.dataset.soort === "maken";
  const can = window.PublicKeyCredential && (making ? PublicKeyCredential.parseCreationOptionsFromJSON : PublicKeyCredential.parseRequestOptionsFromJSON);
  if (!can) {
    line.textContent = "Deze browser kan geen beveiligingssleutel gebruiken.";
    return;
  }
  button.classList.remove("awaits-script");
  form.addEventListener("submit", async (event) => {
    if (form.elements.antwoord.value) return;
    event.preventDefault();
    button.disabled = true;
    line.textContent = "Volg de aanwijzing van uw browser.";
    try {
      const { publicKey } = JSON.parse(form.dataset.vraag);
      const credential = making
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      form.elements.antwoord.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch (error) {
      button.disabled = false;
      line.textContent = error.name === "InvalidStateError" ? "Deze sleutel hebt u al toegevoegd." : "De sleutel gaf geen antwoord, of u brak het af. Probeer het opnieuw, of gebruik de code uit uw app.";
    }
  });
})();
