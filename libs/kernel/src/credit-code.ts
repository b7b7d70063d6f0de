import type { ParsedNumber } from './identifier.js';
import { compactNumber, quoted } from './identifier.js';
import { identifierRule } from './identifier-rules.js';
import type { BilingualText } from './refusal.js';

/** The 31 characters of GB 32100-2015: no I, O, S, V, Z, which are taken for digits or for each other. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const FORM = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Powers of 3 modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

const checkCharacter = (first17: string): string => {
  const sum = [...first17].reduce((total, sign, i) => total + ALPHABET.indexOf(sign) * (WEIGHTS[i] ?? 0), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
};

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** With the check character of GB 11714 added to the eight characters of an organisation code (组织机构代码). */
export const organisationCodeWithCheck = (first8: string): string => {
  // GB 11714 counts the letters on from the digits: A is 10, Z is 35.
  const sum = [...first8].reduce(
    (total, sign, i) => total + Number.parseInt(sign, 36) * (ORGANISATION_WEIGHTS[i] ?? 0),
    0,
  );
  return first8 + '0123456789X0'.charAt(11 - (sum % 11));
};

const NESTED_MISMATCH: BilingualText = {
  zh: '统一社会信用代码中的组织机构代码（第9至17位）校验位不符，请对照登记证书',
  en: 'the organisation code within the credit code (places 9 to 17) has another check character; please compare the certificate',
};

/** With its check character added; makes the codes of invented organisations valid. `first17` must be of the 31 characters. */
export const creditCodeWithCheck = (first17: string): string => first17 + checkCharacter(first17);

/**
 * Reads a unified social credit code (统一社会信用代码, GB 32100-2015). Refuses I-5 (form) and I-6 (check character).
 * A wrong check within the nested organisation code is a warning only (D§8.3).
 */
export const parseCreditCode = (text: string, field: string): ParsedNumber => {
  const canonical = compactNumber(text);
  if (!FORM.test(canonical)) throw identifierRule('I-5', { text: quoted(text) }, { field });
  const expected = checkCharacter(canonical.slice(0, 17));
  if (!canonical.endsWith(expected)) throw identifierRule('I-6', { code: canonical, expected }, { field });
  const organisationCode = canonical.slice(8, 17);
  const nestedHolds = organisationCodeWithCheck(organisationCode.slice(0, 8)) === organisationCode;
  return { canonical, warnings: nestedHolds ? [] : [NESTED_MISMATCH] };
};
