import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { demoLogs, demoSite, resultOf, ringfence } from "./program.ts";
import { availableVersions, type Server, startElasticsearch } from "./server.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const ours = availableVersions().filter((version) => version !== "ELASTICSEARCH_URL");
const index = "logs-ringfence-access";
const log = demoLogs.find((file) => file.includes("linux")) as string;
const site = ["--site", demoSite, "--json"];

describe.skipIf(ours.length === 0)("A server that asks who is there", () => {
  let server: Server;
  let target: string[];
  let own: Record<string, string>;
  let readKey: string;
  let token: string;

  async function ask(path: string, body: object): Promise<Record<string, string>> {
    const { username = "", password = "" } = server.login ?? {};
    const headers = {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      "content-type": "application/json",
    };
    const ca = readFileSync(server.certificate as string);
    return new Promise((resolve, reject) => {
      request(`${server.url}${path}`, { method: "POST", ca, headers }, async (response) => {
        let text = "";
        for await (const chunk of response) text += chunk;
        resolve(JSON.parse(text));
      })
        .once("error", reject)
        .end(JSON.stringify(body));
    });
  }

  beforeAll(async () => {
    server = await startElasticsearch(ours.at(-1) as string, { secure: true });
    target = ["--elasticsearch", server.url, "--index", index];
    own = {
      ELASTIC_USERNAME: server.login?.username ?? "",
      ELASTIC_PASSWORD: server.login?.password ?? "",
      ELASTIC_CA_FILE: server.certificate ?? "",
    };
    expect(await ringfence(["ship", log, ...target, "--site", demoSite], own)).toMatchObject({ status: 0 });
    await ask(`/${index}/_refresh`, {});
    const role = { index: [{ names: [index], privileges: ["read", "view_index_metadata"] }] };
    readKey = (await ask("/_security/api_key", { name: "reader", role_descriptors: { reader: role } }))
      .encoded as string;
    token = (await ask("/_security/oauth2/token", { grant_type: "client_credentials" })).access_token as string;
  });
  afterAll(async () => server?.stop());

  test("an API key that may only read and see the index is enough", async () => {
    const run = await ringfence(["audit", ...target, ...site], {
      ELASTIC_API_KEY: readKey,
      ELASTIC_CA_FILE: server.certificate ?? "",
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const fromFile = resultOf(await ringfence(["audit", log, ...site]));
    const parsed = (result: typeof fromFile) => result.evidence.inputs[0]?.lines.parsed;
    expect(parsed(resultOf(run))).toBe(parsed(fromFile));
    expect(resultOf(run).findings.some(({ examples }) => examples.some(({ text }) => text !== null))).toBe(true);
  });

  test("every other way to log in, and to trust the certificate", async () => {
    const { username = "", password = "" } = server.login ?? {};
    const fingerprint = new X509Certificate(readFileSync(server.certificate as string)).fingerprint256;
    const ca = { ELASTIC_CA_FILE: server.certificate ?? "" };
    const withLogin = server.url.replace("//", `//${username}:${password}@`);
    const ways: [string[], Record<string, string>][] = [
      [["--api-key", readKey], ca],
      [["--user", username, "--password-env", "SECRET"], { ...ca, SECRET: password }],
      [["--elasticsearch", withLogin], ca],
      [[], { ...ca, ELASTIC_BEARER_TOKEN: token }],
      [["--ca-fingerprint", fingerprint], { ELASTIC_API_KEY: readKey }],
    ];
    for (const [flags, environment] of ways) {
      const run = await ringfence(["audit", ...target, ...flags, ...site], environment);
      expect(run).toMatchObject({ status: 0, stderr: "" });
    }
    const byEnvironment = { ...own, ELASTICSEARCH_URL: server.url, ELASTICSEARCH_INDEX: index };
    expect(await ringfence(["audit", ...site], byEnvironment)).toMatchObject({ status: 0 });
  });

  test("what is wrong is said, and no secret with it", async () => {
    const ca = { ELASTIC_CA_FILE: server.certificate ?? "" };
    const secret = "s3cret-Of-Mine";
    const wrongKey = Buffer.from(`reader:${secret}`).toString("base64");
    const cases: [string[], Record<string, string>, RegExp][] = [
      [target, { ...ca, ELASTIC_API_KEY: wrongKey }, /does not accept the login.*\n.*ELASTIC_API_KEY/],
      [target, { ...ca, ELASTIC_USERNAME: "ringfence", ELASTIC_PASSWORD: secret }, /does not accept the login/],
      [target, ca, /does not accept the login, or asks for one/],
      [
        ["--elasticsearch", server.url, "--index", "another"],
        { ...ca, ELASTIC_API_KEY: readKey },
        /forbids it to this login/,
      ],
      [target, { ELASTIC_API_KEY: readKey }, /certificate is not trusted.*\n.*--ca-file/],
      [
        [...target, "--ca-fingerprint", "AB".repeat(32)],
        { ELASTIC_API_KEY: readKey },
        /certificate is not trusted.*ingerprint/,
      ],
      [
        ["--elasticsearch", server.url.replace("https", "http"), "--index", index],
        { ELASTIC_API_KEY: readKey },
        /closed the connection: it broke off, or speaks https/,
      ],
    ];
    for (const [flags, environment, message] of cases) {
      const run = await ringfence(["audit", ...flags, ...site], environment);
      expect(run.stderr).toMatch(message);
      expect(run).toMatchObject({ status: 3, stdout: "" });
      for (const hidden of [secret, wrongKey, readKey]) expect(run.stderr).not.toContain(hidden);
    }
    const shipped = await ringfence(["ship", log, ...target], { ...ca, ELASTIC_API_KEY: readKey });
    expect(shipped).toMatchObject({ status: 3 });
    expect(shipped.stderr).toMatch(/forbids it to this login/);
  });
});
