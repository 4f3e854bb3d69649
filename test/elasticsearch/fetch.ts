/**
 * Obtains the servers that the tests need: `node test/elasticsearch/fetch.ts`. A second run does nothing.
 *
 * Needs Maven, a JDK 17 for 8.x and a JDK 21 or newer for 9.x, beside the `java` on the PATH or at JAVA_HOME. To start
 * the servers, tests also need bash and, for HTTPS, openssl. Debian: `apt-get install maven default-jdk-headless openssl`,
 * and on Debian 12, whose JDK is 17, a newer one from elsewhere.
 */
import { distributions, fetchDistribution, missing } from "./distribution.ts";

for (const distribution of distributions) {
  const name = `${distribution.product} ${distribution.version}`;
  try {
    const outcome = await fetchDistribution(distribution);
    const reason = missing(distribution);
    if (reason !== undefined) throw new Error(reason);
    console.log(`${name}: ${outcome}`);
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
