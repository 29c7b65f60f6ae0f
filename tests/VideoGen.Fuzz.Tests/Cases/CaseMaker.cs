using VideoGen.Fuzz.Tests.Contract;

namespace VideoGen.Fuzz.Tests.Cases;

/// <summary>Makes the requests of a run, each from its number alone and from what the server has handed out so far.</summary>
internal sealed class CaseMaker(ApiContract contract, Harvest harvest, int seed)
{
    private readonly Targets _targets = new(contract.Schemas, harvest);
    private readonly JsonBodies _json = new(contract.Schemas, new SchemaValues(contract.Schemas, harvest));
    private readonly OddHeaders _headers = new(harvest);

    public Case Make(int number)
    {
        var dice = new Dice(seed, number);
        var operation = contract.Operations[number % contract.Operations.Count];
        var request = dice.Next(100) switch
        {
            < 88 => WithBody(_targets.For(operation, dice), operation, dice),
            < 93 => OddMethod(operation, dice),
            _ => new Case(dice.Pick(Targets.Methods), Targets.Odd(dice)) { IsCrude = true },
        };
        request = dice.Chance(40) ? _headers.Add(request, dice) : request;
        return request with { HangsUp = dice.Chance(2) };
    }

    private Case WithBody(Case request, Operation operation, Dice dice) =>
        operation.Json is { } json ? _json.Add(request, json, dice)
        : operation.Form is { } form ? FormBodies.Add(request, contract.Schemas.Resolve(form), dice)
        : dice.Chance(10) ? request with { Body = dice.Bytes(dice.Next(300)), ContentType = JsonBodies.OddType(dice) }
        : request;

    /// <summary>
    /// A method that the document does not list must not succeed; HEAD is GET, and OPTIONS asks what is allowed.
    /// </summary>
    private Case OddMethod(Operation operation, Dice dice)
    {
        var method = dice.Pick(Targets.Methods);
        var request = _targets.For(operation, dice);
        var isDocumented = contract.Documents(operation.Path, method.Method)
            || method == HttpMethod.Options || (method == HttpMethod.Head && contract.Documents(operation.Path, "GET"));
        return request with
        {
            Method = method,
            Operation = null,
            Forbidden = isDocumented ? null : "not a method of this path",
        };
    }
}
