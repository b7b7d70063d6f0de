import { compactNumber, quoted } from './identifier.js';
import { identifierRule } from './identifier-rules.js';

/**
 * Reads a software copyright registration number (软件著作权登记号) such as 2024SR0196400: year, SR, and six digits,
 * seven since about 2018. It has no check digit. Refuses I-7.
 */
export const parseSoftwareNumber = (text: string, field: string): string => {
  const canonical = compactNumber(text);
  if (!/^(19|20)\d{2}SR\d{6,7}$/.test(canonical)) throw identifierRule('I-7', { text: quoted(text) }, { field });
  return canonical;
};
