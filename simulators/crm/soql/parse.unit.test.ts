import { describe, expect, test } from 'vitest';
import { parseStatement } from './parse.ts';

describe('a statement', () => {
  test('with children, conditions, order and limit is read', () => {
    const statement = parseStatement(
      "SELECT Id, Account.AccountNumber, (SELECT Quantity FROM OpportunityLineItems ORDER BY SortOrder) FROM Opportunity WHERE IsWon = true AND (Name = 'O\\'Neil' OR SystemModstamp >= 2026-03-01T09:30:00.000Z) ORDER BY SystemModstamp ASC, Id DESC LIMIT 200",
    );
    expect(statement).toEqual({
      paths: ['Id', 'Account.AccountNumber'],
      children: [
        {
          paths: ['Quantity'],
          children: [],
          from: 'OpportunityLineItems',
          orderBy: [{ path: 'SortOrder', descending: false }],
        },
      ],
      from: 'Opportunity',
      where: {
        kind: 'and',
        parts: [
          { kind: 'compare', path: 'IsWon', operator: '=', operand: { value: true } },
          {
            kind: 'or',
            parts: [
              { kind: 'compare', path: 'Name', operator: '=', operand: { value: "O'Neil" } },
              {
                kind: 'compare',
                path: 'SystemModstamp',
                operator: '>=',
                operand: { moment: Date.parse('2026-03-01T09:30:00.000Z') },
              },
            ],
          },
        ],
      },
      orderBy: [
        { path: 'SystemModstamp', descending: false },
        { path: 'Id', descending: true },
      ],
      limit: 200,
    });
  });

  test.each([
    ['SELECT FROM Opportunity', /expecting a field/],
    ['SELECT Id', /expecting 'FROM', found <EOF>/],
    ['SELECT Id FROM Opportunity WHERE IsWon = true AND Id = null OR Id = null', /parentheses/],
    ['SELECT Id FROM Opportunity WHERE Name LIKE true', /expecting an operator, found 'LIKE'/],
    ['SELECT Id FROM Opportunity LIMIT many', /expecting a number after LIMIT/],
    ['SELECT Id FROM Opportunity ; DROP', /unexpected token/],
    ["SELECT Id FROM Opportunity WHERE Name = 'open", /unexpected token/],
    ['SELECT Id FROM Opportunity Opportunity', /unexpected token: 'Opportunity'/],
  ])('%s is refused', (text, message) => {
    expect(parseStatement(text)).toMatchObject({
      errorCode: 'MALFORMED_QUERY',
      message: expect.stringMatching(message),
    });
  });
});
