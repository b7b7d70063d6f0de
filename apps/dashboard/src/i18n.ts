import type { BilingualText } from '@app/kernel';
import { type MessageKey, messages } from './messages.js';
import { stored } from './stored.js';

export type Language = 'zh' | 'en';
type Parameters = Readonly<Record<string, string | number>>;

const language = stored<Language>('transfer-ledger.language', (text) => (text === '"en"' ? 'en' : 'zh'));

const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const;

/** English refusals are written as parts of sentences; here they stand alone. */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Texts, numbers and instants in the chosen language; Chinese until another is chosen. */
export const useI18n = () => {
  const chosen = language.use();
  const locale = LOCALES[chosen];
  return {
    language: chosen,
    locale,
    setLanguage: language.set,
    t: (key: MessageKey, parameters: Parameters = {}): string =>
      messages[key][chosen].replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole)),
    pick: (text: BilingualText): string => capital(text[chosen]),
    count: (value: number): string => value.toLocaleString(locale),
    /** An instant as China Standard Time. */
    instant: (iso: string): string =>
      new Date(iso).toLocaleString(locale, {
        timeZone: 'Asia/Shanghai',
        dateStyle: 'medium',
        timeStyle: 'medium',
        hour12: false,
      }),
  };
};

export type I18n = ReturnType<typeof useI18n>;
