import type { BilingualText } from './refusal.js';

/** Changsha's administrative divisions (行政区划代码, GB/T 2260), with two former counties whose codes live on in old credit codes. */
export const changshaDivisions: Readonly<Record<string, BilingualText>> = {
  '430100': { zh: '长沙市', en: 'Changsha City' },
  '430102': { zh: '芙蓉区', en: 'Furong District' },
  '430103': { zh: '天心区', en: 'Tianxin District' },
  '430104': { zh: '岳麓区', en: 'Yuelu District' },
  '430105': { zh: '开福区', en: 'Kaifu District' },
  '430111': { zh: '雨花区', en: 'Yuhua District' },
  '430112': { zh: '望城区', en: 'Wangcheng District' },
  '430121': { zh: '长沙县', en: 'Changsha County' },
  '430122': { zh: '望城县（2011年前）', en: 'Wangcheng County (before 2011)' },
  '430124': { zh: '宁乡县（2017年前）', en: 'Ningxiang County (before 2017)' },
  '430181': { zh: '浏阳市', en: 'Liuyang City' },
  '430182': { zh: '宁乡市', en: 'Ningxiang City' },
};

/**
 * Whether a division code lies in Changsha: any 4301xx, so that codes of former counties and of units below the
 * counties (9 or 12 digits) count too. Within a credit code it names the registration authority, not the address (D§8.3).
 */
export const isChangshaDivision = (code: string): boolean => /^4301\d{2}(\d{3}){0,2}$/.test(code);

/** The provinces of GB/T 2260 by the first two digits, Taiwan and the two special regions among them. */
const PROVINCE = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/;

/** Whether a text is a division code (行政区划代码): six digits that begin with a province's. Counties come and go, provinces stay. */
export const isDivision = (code: string): boolean => /^\d{6}$/.test(code) && PROVINCE.test(code);
