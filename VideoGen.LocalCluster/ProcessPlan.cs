namespace VideoGen.LocalCluster;

/// <summary>In the order in which processes are started; they are stopped the other way round.</summary>
internal enum Tier
{
    /// <summary>What the others need: Redis, and the stand-in for Hugging Face.</summary>
    Store,
    Silo,
    Api,
}

/// <summary>
/// One process. <paramref name="Health"/> is asked whether it is ready: an http address that then answers 200, or a redis
/// address.
/// </summary>
internal sealed record ProcessPlan(
    string Name, Tier Tier, Uri Health, IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment,
    string LogFile)
{
    public int Port => Health.Port;
}
