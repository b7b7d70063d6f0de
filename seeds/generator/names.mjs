import { creditCode } from './numbers.mjs';
import { randomOf } from './random.mjs';

/* Invented titles, companies and people, each marked 示例. */

const FIELDS = [
  '盾构机',
  '混凝土泵车',
  '动力电池',
  '碳化硅',
  '硬质合金',
  '北斗授时',
  '工业机器人',
  '水稻育秧',
  '油茶采摘',
  '生猪养殖',
  '中药饮片',
  '桥梁监测',
  '沥青路面',
  '烟气脱硫',
  '污水处理',
  '电力电子',
  '铝合金焊接',
  '数控机床',
  '智能网联汽车',
  '医学影像',
  '竹木复合材',
  '茶叶加工',
  '矿山通风',
  '轨道交通',
  '光伏组件',
  '储能电站',
  '视频编码',
  '土壤修复',
  '骨科手术',
  '园林灌溉',
];
const QUALITIES = [
  '高精度',
  '低能耗',
  '自适应',
  '模块化',
  '耐高温',
  '可拆卸',
  '多通道',
  '轻量化',
  '防堵塞',
  '远程可控',
];
const THINGS = [
  '检测装置',
  '控制方法',
  '制备方法',
  '监测系统',
  '夹具',
  '传感器',
  '冷却结构',
  '分选设备',
  '数据处理方法',
  '修复材料',
];
const titles = randomOf('titles');
const subject = () => `${titles.pick(FIELDS)}用${titles.pick(QUALITIES)}`;

const TITLES = {
  SOFTWARE: () =>
    `示例${titles.pick(FIELDS)}${titles.pick(['管理', '仿真', '监测', '分析'])}软件 V${titles.int(1, 4)}.0`,
  PLANT_VARIETY: () => `示例${titles.pick(['湘稻', '湘油', '湘茶', '湘椒', '湘竹'])}${titles.int(101, 999)}`,
  TRADEMARK: () => `示例商标（${titles.pick(FIELDS)}）`,
  LAYOUT: () => `示例：${subject()}芯片布图设计`,
  TECH_SECRET: () => `示例：${subject()}工艺参数`,
  DESIGN: () => `示例：${titles.pick(FIELDS)}设备外观`,
};
export const titleOf = (ipType) => TITLES[ipType]?.() ?? `示例：一种${subject()}${titles.pick(THINGS)}`;
export const portfolioTitle = () => `示例：${titles.pick(FIELDS)}专利组合`;
export const resultTitle = () => `示例：${subject()}${titles.pick(THINGS)}`;

/** Divisions of Changsha, and elsewhere. */
const CHANGSHA = ['430102', '430103', '430104', '430104', '430105', '430111', '430112', '430121', '430181', '430182'];
const ELSEWHERE = {
  430211: '株洲',
  430304: '湘潭',
  430405: '衡阳',
  430602: '岳阳',
  430702: '常德',
  420106: '武汉',
  440305: '深圳',
  440106: '广州',
  310115: '上海',
  110108: '北京',
  320505: '苏州',
  330106: '杭州',
};

const SYLLABLES = '湘麓岳星沙浏宁楚云华创智博科达鑫远恒瑞盛泰信诚德明阳腾翔宇晟';
const TRADES = [
  '科技',
  '智能装备',
  '新材料',
  '生物',
  '农业',
  '环保',
  '信息技术',
  '医疗器械',
  '能源',
  '电子',
  '机械',
  '建材',
];
const companies = randomOf('companies');

const companyIn = (division, city) => ({
  name: `示例${city}${companies.pick(SYLLABLES)}${companies.pick(SYLLABLES)}${companies.pick(TRADES)}有限公司`,
  code: creditCode(division),
  division,
});

export const companyInChangsha = () => companyIn(companies.pick(CHANGSHA), '长沙');
export const companyElsewhere = () => companyIn(...companies.pick(Object.entries(ELSEWHERE)));

const pool = Array.from({ length: 900 }, (_, index) => (index % 100 < 63 ? companyInChangsha() : companyElsewhere()));
export const anyCompany = (random) => random.pick(pool);

/** The company that holds a university's assets (资产公司). */
export const assetCompanyOf = ({ name }) => ({
  name: `示例（${name}）资产经营有限公司`,
  code: creditCode('430104'),
  division: '430104',
});

const SURNAMES = '张王李赵刘陈杨黄周吴';
const GIVEN = '三四五六七八九十甲乙丙丁';

/** Inventors of a university: name and staff number, the same name for the same number every time. */
export const personOf = ({ code }, index) => ({
  name: `示例${SURNAMES[index % SURNAMES.length]}${GIVEN[Math.floor(index / SURNAMES.length) % GIVEN.length]}`,
  staffNumber: `示例-${code.toUpperCase()}-${String(index + 1).padStart(4, '0')}`,
});
