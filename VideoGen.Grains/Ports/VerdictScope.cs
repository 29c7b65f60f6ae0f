namespace VideoGen.Grains.Ports;

/// <summary>Whom a refusal is about, and so who has to wait for it to pass.</summary>
[GenerateSerializer, Alias("videogen.verdict-scope")]
public enum VerdictScope
{
    /// <summary>This order alone: its picture, its script, its parameters.</summary>
    Order = 0,

    /// <summary>Every order for this model: no provider serves it, or its mapping is gone.</summary>
    Model = 1,

    /// <summary>Every order for this upstream: no credit, a refused token, a rate limit, no connection.</summary>
    Upstream = 2,
}
