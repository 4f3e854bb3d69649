/** The map's value of the key, made by `make` where it has none. */
export function within<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** For `within`: an empty map. */
export function newMap<Key, Value>(): Map<Key, Value> {
  return new Map();
}

/** For `within`: an empty list. */
export function newList<Value>(): Value[] {
  return [];
}
