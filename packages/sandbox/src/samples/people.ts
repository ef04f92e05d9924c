/** The account ids of the sample company's people. Ada is the account of the sandbox. */
export const ada = '712020:3f1c6a52-8d0e-4b7a-9c55-2f6f0f0c9a01';
export const mateusz = '712020:0b7be5d2-4c0d-4d55-9a65-7f5ad1c0f102';
export const priya = '712020:a2c9f1e7-2f0b-4d0c-8a34-90c1e6b7d203';
export const mei = '712020:c41d08f3-9b76-4e1f-b1a5-3d2e5f6a7304';
export const carlos = '5d1f0c2be84bd60c2e7a9105';

export const people: readonly { name: string; email: string; accountId: string }[] = [
  { name: 'Mateusz Zieliński', email: 'mateusz@example.com', accountId: mateusz },
  { name: 'Priya Raman', email: 'priya@example.com', accountId: priya },
  { name: '田中 芽衣', email: 'mei@example.com', accountId: mei },
  { name: 'Carlos Ibáñez', email: 'carlos@example.com', accountId: carlos },
];
