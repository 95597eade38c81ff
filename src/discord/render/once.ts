/**
 * The same function, that makes its result once for each object and gives it again as long as the object lives: a paper stands in
 * many messages. What the result is made of must never change.
 */
export function once<Given extends object, Made>(make: (given: Given) => Made): (given: Given) => Made {
  const made = new WeakMap<Given, Made>();
  return (given) => {
    const known = made.get(given);
    if (known !== undefined) return known;
    const fresh = make(given);
    made.set(given, fresh);
    return fresh;
  };
}
