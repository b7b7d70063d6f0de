export { annuityTerm } from './annuity.js';
export type { AnnuityTerm } from './annuity.js';
export { creditCodeWithCheck, organisationCodeWithCheck, parseCreditCode } from './credit-code.js';
export { addWorkingDays, deadlineDays, deadlineMonths } from './deadline.js';
export type { Deadline } from './deadline.js';
export { assertNever, fold } from './decider.js';
export type { Actor, Decider, DecisionContext, Message } from './decider.js';
export { changshaDivisions, isChangshaDivision, isDivision } from './division.js';
export {
  checkedFen,
  fenFromText,
  fenText,
  formatWanYuan,
  formatYuan,
  MAX_FEN,
  wanYuanToFen,
  yuanToFen,
} from './fen.js';
export type { Fen } from './fen.js';
export { holidayNotices, isHolidayTableYear, isWorkingDay } from './holidays.js';
export { compactNumber } from './identifier.js';
export type { ParsedNumber } from './identifier.js';
export { identifierRule } from './identifier-rules.js';
export { determineInChangsha } from './in-changsha.js';
export type { InChangsha } from './in-changsha.js';
export { ipTypeLabels, ipTypes, isIpType, isPatent, parseRegistrationNumber } from './ip-type.js';
export type { IpType } from './ip-type.js';
export {
  addDays,
  addMonths,
  addYears,
  dateInChina,
  daysBetween,
  isLegalDate,
  isWeekend,
  parseLegalDate,
  yearOf,
} from './legal-date.js';
export type { LegalDate } from './legal-date.js';
export { FEE_TYPES, LICENCE_KINDS } from './licence.js';
export type { FeeType, LicenceKind } from './licence.js';
export { formatPatentNumber, parsePatentNumber, patentNumberWithCheck } from './patent-number.js';
export type { PatentNumber, PatentType } from './patent-number.js';
export { Refusal, ruleBook } from './refusal.js';
export type { BilingualText, RefusalKind, RefusalPlace, Rule, RuleBook, RuleTable, RuleParameters } from './refusal.js';
export { parseSchoolCode } from './school-code.js';
export { percentOf, permyriadOf, WHOLE_PERMYRIAD } from './share.js';
export { parseSoftwareNumber } from './software-number.js';
export { isStateFounded } from './state-founded.js';
