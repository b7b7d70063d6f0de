export { AccessModule, type AccessOptions } from './access.module.js';
export { ApprovalDto } from './approval.dto.js';
export { Approvers } from './approvers.js';
export { type AuthenticatedRequest, AuthenticationGuard, Public } from './authentication.guard.js';
export { loadMasterKey } from './master-key.js';
export { EvidenceFile, ImportJob, type ImportProblem, type ImportStatus } from './office.entity.js';
export { OfficeDatabase } from './office.js';
export type { SharedOffice } from './office-postgres.js';
export { type CopiedRows, copyOffice } from './office-copy.js';
export { type PersonEntry, PersonStore } from './person-store.js';
export {
  type Action,
  accessRule,
  authorise,
  isRole,
  permissionsOf,
  POLICY,
  type Reach,
  reachOf,
  ROLES,
  type Role,
  universityScope,
} from './policy.js';
export type { MeAnswer, SessionAnswer, SignedInUser } from './session.controller.js';
export { type CalendarPass, type IssuedToken, type Session, Tokens } from './tokens.js';
export { actorOf, type NewUser, type User, UserStore, samplePassword } from './user-store.js';
