/**
 * One seed for all property tests, so that the same sources fail or pass alike wherever they run.
 * `PROPERTY_SEED=$RANDOM npm run test:only` looks elsewhere; do so after a change of what properties hold.
 */
import fc from "fast-check";

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 1) });
