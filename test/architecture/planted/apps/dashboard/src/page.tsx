// breaks: dashboard-not-to-libs
import { fen } from '@app/kernel';

export const Page = () => <p>{String(fen(1n))}</p>;
