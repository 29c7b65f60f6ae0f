namespace VideoGen.Grains.Idempotency;

/// <summary>The grain storage of idempotency keys; the store expires their entries.</summary>
public static class KeyStorage
{
    /// <summary>The name of the storage provider.</summary>
    public const string Name = "idempotency-keys";

    /// <summary>How long a key is remembered, from its first use.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}
