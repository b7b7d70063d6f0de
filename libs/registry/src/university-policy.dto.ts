import { IsLegalDate, IsText } from '@app/http';
import { IsIn } from 'class-validator';
import { type PolicyAdoption, type PolicyName, type PolicyRepeal, policyNames } from './university-policy.js';

export class PolicyDto implements PolicyAdoption {
  /** Which policy it is (制度). */
  @IsIn(Object.keys(policyNames))
  policy: PolicyName;

  /** First day it is in force (施行日期). */
  @IsLegalDate()
  adoptedOn: string;

  /** Number of the university's document (文号). */
  @IsText(100)
  documentNo: string;

  /** Where the proof lies (佐证). */
  @IsText()
  evidence: string;
}

export class PolicyRepealDto implements PolicyRepeal {
  /** Which policy it is (制度). */
  @IsIn(Object.keys(policyNames))
  policy: PolicyName;

  /** First day it is no longer in force (废止日期). */
  @IsLegalDate()
  on: string;

  /** Number of the document that is repealed (文号). */
  @IsText(100)
  documentNo: string;
}
