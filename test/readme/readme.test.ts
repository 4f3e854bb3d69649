import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { auditDemo } from "./demo-result.ts";
import { committedPicture, pictureOf } from "./picture.ts";

it("shows a picture of what the demo prints today (npm run readme)", async () => {
  expect(pictureOf(await auditDemo()) === committedPicture()).toBe(true);
});

it("names the two commands", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  expect(readme).toContain("npm ci && npm run demo");
  expect(readme).toContain("npm ci && npm test");
});
