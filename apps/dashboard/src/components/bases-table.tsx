import type { Basis, YearLine } from '@app/growth';
import { Table, type TableColumnsType } from 'antd';
import { type I18n, useI18n } from '../i18n.js';
import { basisLabels } from '../labels.js';
import { percent } from '../target.js';
import { useLabels } from '../use-labels.js';
import { VerdictTag } from './verdict-tag.js';

const PARTS = ['transfers', 'licences', 'openGrants', 'total'] as const;
const BASES = Object.keys(basisLabels) as Basis[];

const groupOf = ({ t, count }: I18n, basis: Basis, title: string): TableColumnsType<YearLine>[number] => ({
  title,
  children: [
    ...PARTS.map((part) => ({
      key: `${basis}-${part}`,
      title: t(`target.${part}`),
      align: 'right' as const,
      className: 'number',
      render: (_: unknown, { counts }: YearLine) => count(counts[basis][part]),
    })),
    {
      key: `${basis}-growth`,
      title: t('target.average'),
      align: 'right',
      render: (_, { growth }) => (
        <>
          {percent(growth[basis].averagePercent)} <VerdictTag verdict={growth[basis].verdict} reason={null} />
        </>
      ),
    },
  ],
});

/** The same years counted in all three ways, side by side. */
export const BasesTable = ({ years }: { readonly years: readonly YearLine[] }) => {
  const i18n = useI18n();
  const label = useLabels();
  return (
    <>
      <Table
        size="small"
        className="dense"
        rowKey="year"
        bordered
        pagination={false}
        scroll={{ x: true }}
        dataSource={years}
        columns={[
          { dataIndex: 'year', title: i18n.t('target.year'), className: 'number', rowScope: 'row' },
          ...BASES.map((basis) => groupOf(i18n, basis, label.basis(basis))),
        ]}
        onRow={({ year }) => ({ 'data-testid': `bases-row-${year}` }) as object}
      />
      <div className="quiet">{i18n.t('target.distinctNote')}</div>
    </>
  );
};
