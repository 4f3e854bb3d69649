#!/usr/bin/env node
/** The entrance. Compiled code is kept from one start to the next (Node's own cache), which must be on before all else is loaded. */
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("./shell.ts");
