// breaks: exhaustive-deps, rules-of-hooks
import { useEffect, useState } from 'react';

export const Panel = ({ open, title }: { open: boolean; title: string }) => {
  useEffect(() => {
    document.title = title;
  }, []);
  if (!open) return null;
  const [count] = useState(0);
  return <p>{count}</p>;
};
