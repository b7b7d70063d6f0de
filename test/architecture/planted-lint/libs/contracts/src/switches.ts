// breaks: switch-exhaustiveness-check
type Status = 'draft' | 'lodged' | 'voided';

export const label = (status: Status): string => {
  let text = '';
  switch (status) {
    case 'draft':
      text = '草稿';
      break;
    case 'lodged':
      text = '已提交';
      break;
  }
  return text;
};
