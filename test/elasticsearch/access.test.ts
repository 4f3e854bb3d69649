import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { askFor } from "./ask.ts";
import { demoLogs, demoSite, documentsAt, resultOf, ringfence } from "./program.ts";
import type { SharedServer } from "./shared-servers.ts";

const server = inject("elasticsearch").find(({ url }) => url.startsWith("https://127.0.0.1")) as SharedServer;
const index = `${inject("indexPrefix")}-access`;
const log = demoLogs.find((file) => file.includes("linux")) as string;
const site = ["--site", demoSite, "--json"];

describe.skipIf(server === undefined)("A server that asks who is there", () => {
  let target: string[];
  let ca: Record<string, string>;
  let login: { username: string; password: string };
  let readKey: string;
  let token: string;

  beforeAll(async () => {
    const { ELASTIC_CA_FILE = "", ELASTIC_USERNAME = "", ELASTIC_PASSWORD = "" } = server.environment;
    target = documentsAt(server, index);
    ca = { ELASTIC_CA_FILE };
    login = { username: ELASTIC_USERNAME, password: ELASTIC_PASSWORD };
    expect(await ringfence(["ship", log, ...target, "--site", demoSite], server.environment)).toMatchObject({
      status: 0,
    });
    await askFor(server, "POST", `/${index}/_refresh`);
    const role = { index: [{ names: [index], privileges: ["read", "view_index_metadata"] }] };
    const post = (path: string, body: object) => askFor<Record<string, string>>(server, "POST", path, body);
    readKey = (await post("/_security/api_key", { name: "reader", role_descriptors: { reader: role } }))
      .encoded as string;
    token = (await post("/_security/oauth2/token", { grant_type: "client_credentials" })).access_token as string;
  });

  test("an API key that may only read and see the index is enough", async () => {
    const run = await ringfence(["audit", ...target, ...site], {
      ELASTIC_API_KEY: readKey,
      ...ca,
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const fromFile = resultOf(await ringfence(["audit", log, ...site]));
    const parsed = (result: typeof fromFile) => result.evidence.inputs[0]?.lines.parsed;
    expect(parsed(resultOf(run))).toBe(parsed(fromFile));
    expect(resultOf(run).findings.some(({ examples }) => examples.some(({ text }) => text !== null))).toBe(true);
  });

  test("an API key that may make a data stream and add to it is enough to ship", async () => {
    const own = `${index}-writer`;
    const role = {
      cluster: ["manage_index_templates"],
      index: [{ names: [own], privileges: ["create_doc", "auto_configure", "view_index_metadata"] }],
    };
    const body = { name: "writer", role_descriptors: { writer: role } };
    const { encoded } = await askFor<{ encoded: string }>(server, "POST", "/_security/api_key", body);
    for (const said of [/ [1-9]\d* documents stored, 0 there already/, / 0 documents stored, [1-9]\d* there already/]) {
      const run = await ringfence(["ship", log, ...documentsAt(server, own)], { ...ca, ELASTIC_API_KEY: encoded });
      expect(run.stderr).toMatch(said);
      expect(run.status).toBe(0);
    }
  });

  test("every other way to log in, and to trust the certificate", async () => {
    const { username, password } = login;
    const fingerprint = new X509Certificate(readFileSync(ca.ELASTIC_CA_FILE as string)).fingerprint256;
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
    // A cloud id that stands for this server: the names before and in the domain are parts of its address.
    const { port } = new URL(server.url);
    const cloudId = `here:${Buffer.from(`0.0.1:${port}$127$kibana`).toString("base64")}`;
    const run = await ringfence(["audit", "--cloud-id", cloudId, "--index", index, ...site], {
      ELASTIC_API_KEY: readKey,
      ...ca,
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    const cloud = { ELASTIC_CLOUD_ID: cloudId, ELASTICSEARCH_INDEX: index };
    expect(await ringfence(["audit", ...site], { ...server.environment, ...cloud })).toMatchObject({ status: 0 });
    const byEnvironment = { ...server.environment, ELASTICSEARCH_URL: server.url, ELASTICSEARCH_INDEX: index };
    expect(await ringfence(["audit", ...site], byEnvironment)).toMatchObject({ status: 0 });
  });

  test("what is wrong is said, and no secret with it", async () => {
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
