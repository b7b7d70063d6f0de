// breaks: complexity
export const grade = (n: number): string => {
  if (n > 100) return 'a';
  if (n > 90) return 'b';
  if (n > 80) return 'c';
  if (n > 70) return 'd';
  if (n > 60) return 'e';
  if (n > 50) return 'f';
  if (n > 40) return 'g';
  if (n > 30) return 'h';
  if (n > 20) return 'i';
  if (n > 10) return 'j';
  return 'k';
};
