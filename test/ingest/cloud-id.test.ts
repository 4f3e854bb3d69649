import { expect, test } from "vitest";
import { urlOfCloudId } from "../../ingest/elasticsearch/server/settings.ts";

const idOf = (text: string, name = "muster") => `${name}:${Buffer.from(text).toString("base64")}`;

test.each<[string, string, string | null]>([
  [
    "as the console prints it",
    idOf("eu-central-1.aws.example.com$0a1b2c$3d4e5f"),
    "https://0a1b2c.eu-central-1.aws.example.com/",
  ],
  ["without Kibana, without a name", idOf("example.com$0a1b", ""), "https://0a1b.example.com/"],
  ["a port of the domain", idOf("example.com:9243$0a1b$"), "https://0a1b.example.com:9243/"],
  ["a port of its own", idOf("example.com:9243$0a1b:9244$3d4e"), "https://0a1b.example.com:9244/"],
  ["with what copying adds", ` ${idOf("example.com$0a1b")}\n`, "https://0a1b.example.com/"],
  ["the name alone", "muster", null],
  ["nothing after the name", "muster:", null],
  ["cut off", idOf("eu-central-1.aws.example.com$0a1b2c").slice(0, 20), null],
  ["no base64", "muster:%%%", null],
  ["no deployment", idOf("example.com$"), null],
  ["more than a name", idOf("example.com/path$user@0a1b"), null],
  ["no port", idOf("example.com:99999$0a1b"), null],
])("%s", (_, cloudId, url) => {
  expect(urlOfCloudId(cloudId)).toBe(url);
});
