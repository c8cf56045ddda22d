// Renders openapi.yaml. Calls that are tried out go to this emulator, wherever the document's own servers are.

const thisEmulator = { url: location.origin, description: "This emulator" };

const servers = {
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (document) => update({ ...document, servers: [thisEmulator] }),
      },
    },
  },
};

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

SwaggerUIBundle({
  dom_id: "#reference",
  url: "/openapi.yaml",
  plugins: [servers],
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
});
