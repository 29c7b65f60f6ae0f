namespace VideoGen.Silo.Membership;

/// <summary>The result of looking this silo up in the membership table.</summary>
internal enum TableVerdict
{
    /// <summary>Listed as alive.</summary>
    Listed,

    /// <summary>Listed as dead.</summary>
    Dead,

    /// <summary>The table was read, or does not exist, and this silo is not in it.</summary>
    Missing,

    /// <summary>Redis did not respond, which says nothing about the table.</summary>
    Unknown,
}
