import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n.js';

interface Props {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  readonly testId: string;
  /** How many there are and how many are shown. */
  readonly children: ReactNode;
}

/** The end of a list that is read page by page. */
export const ListFoot = ({ list, testId, children }: Props) => {
  const { t } = useI18n();
  return (
    <div className="section-head">
      <span className="quiet" data-testid={testId}>
        {children}
      </span>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('records.more')}
        </Button>
      )}
    </div>
  );
};
