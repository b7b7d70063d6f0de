// breaks: nothing (types weigh nothing in the browser)
import type { Asset } from '@app/patents';

export const Row = ({ asset }: { asset: Asset }) => <li>{asset.id}</li>;
