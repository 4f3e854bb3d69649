#!/usr/bin/env node
/**
 * The entrance. Compiled code is kept from one start to the next (Node's own cache), which must be on before all else is loaded;
 * an old Node must be told before it meets what it does not know.
 */
import * as nodeModules from "node:module";
import { nodeTooOld } from "./node-version.ts";

const refusal = nodeTooOld(process.version);
if (refusal === null) {
  nodeModules.enableCompileCache();
  await import("./shell.ts");
} else {
  process.stderr.write(refusal);
  process.exitCode = 2;
}
