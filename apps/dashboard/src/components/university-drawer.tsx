import type { TargetBoard } from '@app/growth';
import { Drawer } from 'antd';
import { Link } from 'react-router';
import { useI18n } from '../i18n.js';
import { useUniversities } from '../queries.js';
import type { TargetChoice } from '../target.js';
import { BaselineNote } from './baseline-note.js';
import { YearTable } from './year-table.js';

interface Props {
  readonly board: TargetBoard;
  readonly choice: TargetChoice;
  /** Undefined while the drawer is shut. */
  readonly universityId: string | undefined;
  readonly onClose: () => void;
}

/** The years of one university. */
export const UniversityDrawer = ({ board, choice, universityId, onClose }: Props) => {
  const { t } = useI18n();
  const { nameOf } = useUniversities();
  const university = board.universities.find((one) => one.universityId === universityId);
  return (
    <Drawer
      size="min(1180px, 96vw)"
      open={university !== undefined}
      title={university && nameOf(university.universityId)}
      onClose={onClose}
      data-testid="university-drawer"
    >
      {university && (
        <div style={{ display: 'grid', gap: 20 }}>
          <YearTable
            years={university.years}
            choice={choice}
            scope={university.universityId}
            testId="university-year-row"
          />
          <BaselineNote board={board} choice={choice} scope={university.universityId} />
          <Link to={`/records?kind=contract&universityId=${university.universityId}`}>{t('target.records')}</Link>
        </div>
      )}
    </Drawer>
  );
};
