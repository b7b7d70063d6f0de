import { useI18n } from './i18n.js';
import {
  type Labels,
  basisLabels,
  ipScopeLabels,
  ipTypeLabels,
  kindLabels,
  methodLabels,
  roleLabels,
  verdictLabels,
} from './labels.js';
import { deadlineStateLabels, statusLabels } from './status-labels.js';
import { valueLabels } from './value-labels.js';

/** Labels of stored codes in the chosen language; a code without a label is shown as it is. */
export const useLabels = () => {
  const { language } = useI18n();
  const from = (labels: Labels) => (code: string) => labels[code]?.[language] ?? code;
  return {
    kind: from(kindLabels),
    basis: from(basisLabels),
    ipScope: from(ipScopeLabels),
    ipType: from(ipTypeLabels),
    method: from(methodLabels),
    role: from(roleLabels),
    deadline: from(deadlineStateLabels),
    /** A status may read differently for one kind of record. */
    status: (code: string, kind?: string) =>
      from(statusLabels)(`${kind}.${code}` in statusLabels ? `${kind}.${code}` : code),
    verdict: from(verdictLabels),
    /** A value of a record's field; plain words and numbers stay what they are. */
    value: (field: string, code: string): string => {
      const label = valueLabels[`${field}.${code}`] ?? valueLabels[code];
      return label ? label[language] : code;
    },
  };
};
