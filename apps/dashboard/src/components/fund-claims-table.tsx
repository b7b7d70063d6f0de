import type { FundBoard, FundClaimLine } from '@app/fund';
import { Empty, Input, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type I18n, useI18n } from '../i18n.js';
import { byFen } from '../money.js';
import { useUniversities } from '../queries.js';
import { useLabels } from '../use-labels.js';
import { Amount } from './amount.js';

const COLOURS: Readonly<Record<FundClaimLine['status'], string>> = {
  SUBMITTED: 'blue',
  ALLOCATED: 'green',
  UNFUNDED: 'default',
  WITHDRAWN: 'default',
};

interface Names {
  readonly university: (universityId: string) => string;
  readonly category: (category: string) => string;
  readonly kind: (kind: string) => string;
  readonly status: (status: string) => string;
}

const useNames = (categories: FundBoard['categories']): Names => {
  const { pick } = useI18n();
  const label = useLabels();
  const { nameOf } = useUniversities();
  const labels = new Map<string, string>(categories.map((one) => [one.category, pick(one.label)]));
  return {
    university: nameOf,
    category: (category) => labels.get(category) ?? label.value('category', category),
    kind: (kind) => label.value('objectKind', kind),
    status: label.status,
  };
};

const moneyColumn = (title: string, name: 'entitlementFen' | 'allocatedFen') => ({
  dataIndex: name,
  title,
  align: 'right' as const,
  className: 'number',
  render: (fen: string | null) => <Amount fen={fen} />,
  sorter: (a: FundClaimLine, b: FundClaimLine) => byFen(a[name], b[name]),
});

const columnsOf = ({ t }: I18n, names: Names): TableColumnsType<FundClaimLine> => [
  {
    dataIndex: 'number',
    title: t('fund.claimNumber'),
    className: 'number',
    render: (number: string, { claimId }) => (
      <Link to={`/records/fund-claim/${encodeURIComponent(claimId)}`}>{number}</Link>
    ),
    sorter: (a, b) => a.number.localeCompare(b.number),
  },
  { dataIndex: 'universityId', title: t('target.university'), className: 'wide-text', render: names.university },
  { dataIndex: 'category', title: t('fund.category'), className: 'wide-text', render: names.category },
  {
    dataIndex: 'objectNumber',
    title: t('fund.object'),
    className: 'wide-text',
    render: (number: string, { objectKind }) => (
      <>
        {number} <span className="quiet">{names.kind(objectKind)}</span>
      </>
    ),
  },
  { dataIndex: 'standardNumber', title: t('fund.standard'), className: 'wide-text' },
  { dataIndex: 'units', title: t('fund.units'), align: 'right', className: 'number' },
  {
    dataIndex: 'claimedOn',
    title: t('fund.claimedOn'),
    className: 'number',
    sorter: (a, b) => a.claimedOn.localeCompare(b.claimedOn),
  },
  {
    dataIndex: 'status',
    title: t('fund.status'),
    render: (status: FundClaimLine['status']) => <Tag color={COLOURS[status]}>{names.status(status)}</Tag>,
  },
  moneyColumn(t('fund.entitlement'), 'entitlementFen'),
  moneyColumn(t('fund.allocated'), 'allocatedFen'),
];

/** Every claim of the year; opening one shows how its amount came about. */
export const FundClaimsTable = ({ board }: { readonly board: FundBoard }) => {
  const i18n = useI18n();
  const { t, pick } = i18n;
  const names = useNames(board.categories);
  const [sought, setSought] = useState('');
  const found = board.claims.filter((claim) =>
    [claim.number, claim.objectNumber, claim.universityId, names.university(claim.universityId)].some((text) =>
      text.includes(sought.trim()),
    ),
  );
  return (
    <>
      <Input.Search
        allowClear
        style={{ maxWidth: 320 }}
        placeholder={t('fund.search')}
        aria-label={t('fund.search')}
        onChange={({ target }) => setSought(target.value)}
      />
      <Table
        size="small"
        rowKey="claimId"
        scroll={{ x: true }}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        dataSource={found}
        columns={columnsOf(i18n, names)}
        locale={{ emptyText: <Empty description={t('fund.noClaims')} /> }}
        expandable={{
          expandedRowRender: ({ derivation }) => (
            <div data-testid="fund-derivation">
              <strong>{t('fund.derivation')}</strong>: {derivation ? pick(derivation) : t('fund.noDerivation')}
            </div>
          ),
        }}
        onRow={({ number }) => ({ 'data-testid': `fund-claim-${number}` }) as object}
      />
    </>
  );
};
