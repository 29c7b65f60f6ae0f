namespace VideoGen.Grains.Generations.Steps;

/// <summary>
/// Pokes generations whose activation was lost while they were unfinished (any silo that leaves also costs healthy activations on
/// other silos). Implemented by the silo; a full queue drops entries, because the reminder resumes every generation anyway.
/// </summary>
public interface IResumer
{
    /// <summary>Requests a poke; never waits.</summary>
    void Enqueue(string generationId);
}
