import { Collapse, Table, Tag } from 'antd';
import type { ImportColumn } from '../api-types.js';
import { useI18n } from '../i18n.js';

/** What each column of the sheet may hold. */
export const ColumnGuide = ({ columns }: { readonly columns: readonly ImportColumn[] }) => {
  const { t, pick, language } = useI18n();
  const table = (
    <Table
      size="small"
      rowKey="key"
      pagination={false}
      scroll={{ y: 360 }}
      dataSource={columns}
      columns={[
        { key: 'name', title: t('imports.columnName'), render: (_, column) => pick(column), rowScope: 'row' },
        {
          dataIndex: 'required',
          title: t('imports.required'),
          width: 110,
          render: (required: boolean) =>
            required ? (
              <Tag color="red">{t('imports.required')}</Tag>
            ) : (
              <span className="quiet">{t('imports.optional')}</span>
            ),
        },
        { key: 'format', title: t('imports.format'), render: (_, { format }) => format[language] },
      ]}
    />
  );
  return (
    <Collapse
      size="small"
      items={[{ key: 'columns', label: t('imports.columns', { count: columns.length }), children: table }]}
    />
  );
};
