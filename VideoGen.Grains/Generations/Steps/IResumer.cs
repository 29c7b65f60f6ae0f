namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Pokes generations again whose activation was lost while they were unfinished (any silo that leaves costs healthy activations
/// elsewhere). Owned by the silo; a full queue drops, because the reminder brings every generation back anyway.
/// </summary>
public interface IResumer
{
    /// <summary>Asks for a poke soon; never waits.</summary>
    void Enqueue(string generationId);
}
