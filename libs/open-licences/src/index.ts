export type { GrantTerms, OpenGrantEvent, OpenLicenceEvent, OpenLicenceTerms } from './open-licence.js';
