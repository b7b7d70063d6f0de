// breaks: no-restricted-properties
const { random } = Math;

export const draw = random;
