/** A key that no other command has. `crypto.randomUUID` is missing where the dashboard is opened over plain http. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
