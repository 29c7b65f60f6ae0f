using Orleans.Concurrency;

namespace VideoGen.LoadTest.Yardsticks;

/// <summary>The least that a call of a grain can be.</summary>
[GrainInterfaceType("videogen.load.echo")]
public interface IEchoGrain : IGrainWithStringKey
{
    /// <summary>Answers what it holds.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<Echo> GetAsync();
}

/// <summary>About as much as a status.</summary>
[GenerateSerializer, Immutable, Alias("videogen.load.echo")]
public sealed record Echo(string Id, string Text);

[GrainType("videogen.load.echo")]
internal sealed class EchoGrain : Grain, IEchoGrain
{
    private static readonly Echo Answer = new(Guid.Empty.ToString(), new string('x', 600));

    public Task<Echo> GetAsync() => Task.FromResult(Answer);
}
