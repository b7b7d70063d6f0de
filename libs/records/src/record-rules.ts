import { ruleBook } from '@app/kernel';

/** Rules of looking for records. */
export const recordRule = ruleBook({
  'V-21': {
    clause: 'ADR 0002',
    zh: '没有“{kind}”这类记录，可选：{kinds}',
    en: 'there are no records of kind "{kind}"; choose one of {kinds}',
    kind: 'malformed',
  },
});
