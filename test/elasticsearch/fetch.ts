/**
 * Obtains the servers that the tests need: `node test/elasticsearch/fetch.ts`. Needs Maven and, to start them, Java 17
 * and a Java 21 or newer; TLS tests need openssl. A second run does nothing.
 */
import { distributions, fetchDistribution, javaFor } from "./distribution.ts";

for (const distribution of distributions) {
  const name = `${distribution.product} ${distribution.version}`;
  try {
    console.log(`${name}: ${await fetchDistribution(distribution)}, Java ${distribution.java} or newer: ${javaFor(distribution) ?? "missing"}`);
    if (javaFor(distribution) === undefined) process.exitCode = 1;
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
