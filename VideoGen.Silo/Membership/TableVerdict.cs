namespace VideoGen.Silo.Membership;

/// <summary>What one look into the membership table says about this silo.</summary>
internal enum TableVerdict
{
    /// <summary>It is listed as alive.</summary>
    Listed,

    /// <summary>It is listed as dead.</summary>
    Dead,

    /// <summary>The table was read, or is not there, and this silo is not in it.</summary>
    Missing,

    /// <summary>Redis did not answer, which says nothing about the table.</summary>
    Unknown,
}
