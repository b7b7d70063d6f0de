import { compactNumber, quoted } from './identifier.js';
import { identifierRule } from './identifier-rules.js';

/** Province codes of GB/T 2260, mainland: 43 is Hunan. */
const FORM = /^41(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])0\d{5}$/;

/**
 * Reads the Ministry of Education's code of a university (学校标识码) such as 4143010532. Refuses I-8.
 * Only the structure is checked: that the code belongs to this school is known from the panel's reference table alone,
 * and military universities have none (D§9.1).
 */
export const parseSchoolCode = (text: string, field: string): string => {
  const canonical = compactNumber(text);
  if (!FORM.test(canonical)) throw identifierRule('I-8', { text: quoted(text) }, { field });
  return canonical;
};
