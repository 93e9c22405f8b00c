// An OpenID provider for the journeys: npm oidc-provider with its own pages, on a port of its own.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const found = createRequire(new URL("../../reader/package.json", import.meta.url)).resolve("oidc-provider");
const { Provider } = await import(pathToFileURL(found));
const [house, port] = process.argv.slice(2);
const people = {
  nora: { name: "Nora North", email: "nora@lake.example", email_verified: true, groups: ["members"] },
  owen: { name: "Owen East", email: "olga@harbour.example", email_verified: true, groups: [] },
  mute: { name: "Mute" },
};
const server = createServer((request, response) => answers(request, response));
let answers = (_, response) => response.writeHead(503).end();
server.listen(Number(port ?? 0), "localhost", () => {
  const issuer = `http://localhost:${server.address().port}`;
  // Whatever the house calls itself there: its id is known only after it has been told the issuer.
  const at = (identity, name) => `${house}/account/identity/${identity}/${name}`;
  const clients = [];
  const provider = new Provider(issuer, {
    clients,
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"], groups: ["groups"] },
    scopes: ["openid", "email", "profile", "groups"],
    conformIdTokenClaims: true, // an address only from userinfo, as the standard has it
    features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true },
                rpInitiatedLogout: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ["only-for-the-journeys"] },
    async findAccount(_, id) {
      return { accountId: id, claims: async () => ({ sub: id, ...people[id] }) };
    },
    // Its dispatcher calls nothing on this machine.
    async fetch(address, { dispatcher: _, ...options }) { return fetch(address, options); },
  });
  const known = provider.Client.find.bind(provider.Client);
  provider.Client.find = async (id) => {
    const [, identity] = /^house-(\w+)$/.exec(id) ?? [];
    if (!identity) return known(id);
    return new provider.Client({
      client_id: id, client_secret: "a-secret-of-the-journeys-with-no-other-use",
      redirect_uris: [at(identity, "code")], post_logout_redirect_uris: [at(identity, "signed-out")],
      backchannel_logout_uri: at(identity, "sign-out"), backchannel_logout_session_required: true,
    });
  };
  // Asked for by a signal: it gives one more code, and is gone before anybody can take it back.
  process.on("SIGUSR2", () => provider.once("authorization.success",
    ({ res }) => res.once("finish", () => process.exit())));
  provider.on("backchannel.error", (_, error) => console.error(error));
  answers = provider.callback();
  console.log(issuer);
});
